"""The server around Streamlit: our routes, the headers of every answer, what is said over an open tab."""
