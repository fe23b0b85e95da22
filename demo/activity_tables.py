"""Tables of activities: tasks and notes as CSV; meetings, calls and mails as JSON, for their long texts."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from demo.company import Company
from demo.tables import Row, Table, text


def tables(company: Company) -> list[Table]:
    """Notes, tasks, meetings, calls, mails."""
    return [
        Table("notes.csv", "note", list(_notes(company))),
        Table("tasks.csv", "task", list(_tasks(company))),
        Table("meetings.json", "meeting", list(_meetings(company))),
        Table("calls.json", "call", list(_calls(company))),
        Table("mails.json", "mail", list(_mails(company))),
    ]


def _notes(company: Company) -> Iterable[Row]:
    for each in company.notes:
        yield {
            "Note ID": each.code,
            "Created Date": text(each.written_at),
            "Created By": each.author.email,
            "Text": each.text,
            "Account ID": each.organisation,
            "Contact ID": each.person,
            "Opportunity ID": each.opportunity,
        }


def _tasks(company: Company) -> Iterable[Row]:
    for each in company.tasks:
        yield {
            "Task ID": each.code,
            "Subject": each.subject,
            "Due Date": text(each.due_on),
            "Status": each.status,
            "Priority": each.priority,
            "Assigned To": each.owner.email,
            "Created Date": text(each.created),
            "Completed Date": text(each.completed_on),
            "Account ID": each.organisation,
            "Opportunity ID": each.opportunity,
        }


def _meetings(company: Company) -> Iterable[Row]:
    for each in company.meetings:
        yield {
            "Meeting ID": each.code,
            "Subject": each.subject,
            "Start": _moment(each.starts_at),
            "End": _moment(each.starts_at + timedelta(minutes=each.minutes)),
            "Location": each.location,
            "Owner": each.organiser.email,
            "Attendees": list(each.attendees),
            "Status": each.status,
            "Notes": each.notes,
            "Account ID": each.organisation,
            "Opportunity ID": each.opportunity,
        }


def _calls(company: Company) -> Iterable[Row]:
    for each in company.calls:
        yield {
            "Call ID": each.code,
            "Subject": f"Call with {each.person.name}",
            "Call Date": _moment(each.started_at),
            "Duration (seconds)": each.seconds,
            "Direction": each.direction,
            "Result": each.result,
            "Owner": each.user.email,
            "Contact ID": each.person.code,
            "Description": each.summary,
            "Account ID": each.person.organisation.code,
            "Opportunity ID": each.opportunity,
        }


def _mails(company: Company) -> Iterable[Row]:
    for each in company.mails:
        yield {
            "Message ID": each.code,
            "Thread ID": each.thread,
            "Sent At": _moment(each.sent_at),
            "Direction": "Outbound" if each.is_ours else "Inbound",
            "From": each.sender,
            "To": [each.recipient],
            "Cc": list(each.copies),
            "Subject": each.subject,
            "Body": each.body,
            "Owner": each.user,
            "Account ID": each.organisation,
            "Contact ID": each.person,
            "Opportunity ID": each.opportunity,
            "Ticket ID": each.ticket,
        }


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
