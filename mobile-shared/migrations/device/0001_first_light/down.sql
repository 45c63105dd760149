DROP TABLE notice;
DROP TABLE account;
