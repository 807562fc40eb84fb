"""The demo: a mail server within the process, unions that write to it, and a screen that shows what becomes of it."""

from hoso.demo.samples import Sample, demo_campaign, samples
from hoso.demo.server import DemoServer, deliver_on_time, fresh_folder

__all__ = ["DemoServer", "Sample", "deliver_on_time", "demo_campaign", "fresh_folder", "samples"]
