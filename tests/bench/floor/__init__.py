"""The frozen floor: bare views behind the stock middleware, in a process of their own. It stays as it is."""
