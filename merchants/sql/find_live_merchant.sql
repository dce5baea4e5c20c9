select exists (select from merchant where live)
