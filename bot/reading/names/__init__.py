"""Names of things: communes, trades, ways to reach somebody."""
