extension RandomAccessCollection where Index == Int {
    /// The first index from which `isBeyond` holds, in a collection where it never holds before.
    func partitioningIndex(where isBeyond: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
