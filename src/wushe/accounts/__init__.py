"""Floor 3: people who act, the bodies that hold posts, posts with scope and dates."""
