"""Tests of a whole installation: killed processes, crowds, several servers, full disks."""
