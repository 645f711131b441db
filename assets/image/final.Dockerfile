
# Only new files: a copy of the whole bench would double its size and keep files that pip replaced. All files of an app have
# the time of its commit, so its layers are the same in each build of that commit.
#0: putting the image together
FROM @RUNTIME_IMAGE@
