
# Only what is new: a copy of the whole bench would double it, and would keep what pip replaced. The layers of an app are
# the same in each build of its commit: whatever is in them has the time of that commit.
#0: putting the image together
FROM @RUNTIME_IMAGE@
