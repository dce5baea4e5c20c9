select id, state, code, message from statement_file where sha256 = $1::bytea
