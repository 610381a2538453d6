"""Pages: a data set to browse from the disk, and what they share with the live one of `explore`."""

from warpsmith.report.page import AGAINST, MOST, Report, write_report

__all__ = ["AGAINST", "MOST", "Report", "write_report"]
