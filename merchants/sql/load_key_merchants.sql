select m.api_key, m.merchant from api_key_merchant m join api_key k on k.id = m.api_key where k.revoked_at is null
