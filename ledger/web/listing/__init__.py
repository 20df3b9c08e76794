"""The pages that list entries: one mechanism narrows, sorts and pages all of them."""
