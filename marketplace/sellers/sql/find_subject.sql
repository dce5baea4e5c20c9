select merchant from seller where bucket = $1 and identity_provider = $2 and subject_hash = $3
