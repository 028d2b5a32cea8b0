"""What is fetched from the web, only when a person names its address: pages, PDFs and feeds."""
