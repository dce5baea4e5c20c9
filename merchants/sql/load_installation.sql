select reference_key, session_key from installation
