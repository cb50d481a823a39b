"""A made warehouse of any size: real paragraphs with their claims, mixed anew for each article."""
