"""The peer of `bench-ingest` that most would write first: FastAPI, SQLite, a commit for each ping."""
import os
import sqlite3

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()
database = sqlite3.connect(os.environ["DATABASE"], check_same_thread=False, isolation_level=None)
database.execute("PRAGMA journal_mode = WAL")
database.execute("PRAGMA synchronous = FULL")
database.execute(
    "CREATE TABLE ping (vehicle_id TEXT, timestamp REAL, latitude REAL, longitude REAL, speed REAL,"
    " bearing REAL)"
)


class Ping(BaseModel):
    vehicle_id: str
    timestamp: float
    latitude: float
    longitude: float
    speed_mps: float | None = None
    bearing: float | None = None


@app.post("/pings")
async def take(ping: Ping):
    # On the loop itself: handing each commit to a thread is slower, since SQLite has one writer.
    database.execute(
        "INSERT INTO ping VALUES (?, ?, ?, ?, ?, ?)",
        (
            ping.vehicle_id, ping.timestamp, ping.latitude, ping.longitude, ping.speed_mps,
            ping.bearing,
        ),
    )
    return {"accepted": 1}
