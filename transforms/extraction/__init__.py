"""What a page or a text is made of: encoding, the article's region, its blocks, its fields and its dates."""
