r.id, r.merchant, r.request, r.cause, r.token, r.symbol, r.year, r.number, r.amount, r.way, r.position, r.turn, r.cancels, r.what, r.reason,
       r.maker_kind, r.maker, r.occurred_at, r.issued_at, c.id, coalesce(w.name, ''), coalesce(i.tax_code, ''), coalesce(i.address, '')
