"""What the data of a language are made of: a record for each kind of rules that reads them."""
