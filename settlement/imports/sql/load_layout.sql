select columns, format, swapped from statement_layout where account = $1::uuid
