"""The demo company: three years of Northmere Sensing, written as the export files of an older CRM.

Northmere sells industrial sensors, monitoring software and the services around them. `demo.generate.write` makes its
teams, customers, opportunities, mails, meetings, orders and tickets from a seed and a date, and plants a known amount
of dirt (see README.md). It only writes files: they enter Rapport through the import like anybody's.

Words: *story* is what one opportunity is about, told the same way in each mail, note and meeting; a *beat* is one kind
of message in it (enquiry, proposal, chase); *dirt* is a planted fault.
"""
