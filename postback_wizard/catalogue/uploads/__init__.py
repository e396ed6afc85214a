"""Facts about the ad platforms' conversion APIs, one file a platform."""
