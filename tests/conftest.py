"""In tests a check that raises fails the test instead of becoming a finding, and no property is judged by its speed."""

from hypothesis import HealthCheck, settings

from postback_wizard import checks

checks.guard_checks = False

settings.register_profile("no-clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no-clock")
