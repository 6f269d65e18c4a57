"""What the pages share in Streamlit: who is signed in, the way to a page, and a few small parts.

`router` is the script that Streamlit runs; it lies here and never beside `pages/`, because Streamlit would
find that folder by itself and run a page without the router. `auth` is the guard that every page calls
first and the sign-in form; `server` holds what is not a script: routes, headers, start and end.
"""
