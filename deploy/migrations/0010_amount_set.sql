-- A request that was drawn without an amount learns it later (docs/adr/0025).
alter type event_type add value 'payment_request.amount_set';
