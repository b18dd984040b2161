"""The counsellors' desk."""
