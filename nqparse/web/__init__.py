"""The review desk in the browser and its API: `nqparse serve`. `app.make_app` is the way in."""
