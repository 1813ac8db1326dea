"""The voice engines that come with barrierfree; each is reached through its entry point only."""
