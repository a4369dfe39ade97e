"""What alternatives change, pair by pair: effects, headline numbers, price, chance, and what turns them."""
