"""What facilitators use beside the game itself: boards to read, lists to bring in and take out, many games at once."""
