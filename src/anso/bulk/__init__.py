"""One verb on many things: asked for once, done some at a time, watched, stopped and reported."""
