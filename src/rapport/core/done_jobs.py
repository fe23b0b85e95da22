"""The marks of jobs that were done, each written in the same transaction as the job's effect."""

from django.db import models


class DoneJob(models.Model):
    """This job took effect; `job_id` is the queue's number of it."""

    job_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.job_id)
