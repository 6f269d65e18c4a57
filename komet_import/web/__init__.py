"""Streamlit: what stands around the pages, a room for each page that is more than its script, and the server.

`router`    the script that Streamlit runs for every page; it lies here and never beside `pages/`, because
            Streamlit would find that folder by itself and run a page without the router
`frame`     brand, company, menu and person around each page; `sign_in` the page before all others
`static`    the typeface: the one folder that is served to whoever comes
`shared`    what several pages show, and the guard that each calls first
`home`, `review`, `report`, `history`, `balances`, `audit`, `users`   the parts of these pages
`server`    what is not a script: routes, headers, open tabs, start and end
"""
