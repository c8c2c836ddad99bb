"""The options of each verb, one module each; nothing heavy is imported here."""
