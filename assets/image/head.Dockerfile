# Generated: an ERPNext image with all chosen apps, for release @RELEASE@. Builds with BuildKit and with the engine's own builder.
# Apps are fetched by commit, each in a stage of its own, then installed one layer at a time: an app that fails repeats no
# other, and a ref that moved repeats what comes after it.
