"""In tests a check that raises fails the test instead of becoming a finding, and no property is judged by its speed."""

import signal

from hypothesis import HealthCheck, settings

from postback_wizard import checks

checks.guard_checks = False

settings.register_profile("no-clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no-clock")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts background jobs deaf to Ctrl+C, and so would be every program that a test stops that way.
    signal.signal(signal.SIGINT, signal.default_int_handler)
