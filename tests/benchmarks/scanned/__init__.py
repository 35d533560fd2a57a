"""What the scanning benchmark reads: goods photographed and filmed, made from a seed."""
