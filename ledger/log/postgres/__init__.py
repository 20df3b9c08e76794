"""The log in a PostgreSQL database: the schema, the connection, the recorder and the store."""
