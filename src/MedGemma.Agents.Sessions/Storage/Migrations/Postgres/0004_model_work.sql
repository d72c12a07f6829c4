-- What models did for an answer, as JSON: agents, prompts and schemas by hash, outputs, tokens. Null where no model was asked.
ALTER TABLE turn_results ADD COLUMN model_work text;
