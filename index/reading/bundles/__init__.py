"""Files that may hold many articles: feeds, mail, archives of web pages, records of named fields."""
