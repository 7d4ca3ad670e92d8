"""The question types, one file each; `questions.registry` lists them."""
