"""The counsellors' pages (a Django app)."""
