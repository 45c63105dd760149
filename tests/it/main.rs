//! Stories, each on every engine that this machine has, and the guards.

mod access_matrix;
mod again;
mod attempts;
mod conflicts;
mod district;
mod entrance;
mod evidence;
mod family;
mod goals;
mod hostile;
mod layering;
mod leaving;
mod looks;
mod meetings;
mod nodes;
mod people;
mod pressure;
mod protocol_page;
mod schema;
mod second_client;
mod session;
mod starting;
mod text;
mod trouble;
mod visits;
mod wire;
