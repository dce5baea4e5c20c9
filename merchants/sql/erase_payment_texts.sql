update bank_text set content = null, headers = null, raw = null, person = null, erased_at = $3
where bucket = $1 and payment = $2 and erased_at is null
