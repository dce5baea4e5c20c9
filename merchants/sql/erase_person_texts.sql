update bank_text set content = null, headers = null, raw = null, erased_at = $3
where bucket = $1 and person = $2 and erased_at is null
