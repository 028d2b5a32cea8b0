"""The views beside Ask and Library, a file each."""
